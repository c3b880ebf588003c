import { createHash } from 'node:crypto';

/**
 * The one script of the scan page; everything works without it. It takes the frame of a photo away
 * that does not come, so that the letter behind it is seen, and keeps a rating that the network did
 * not take, and sends it once there is one again, under the key that its form had from the start and
 * with the mark of whom it was written by. What is refused stays, with the reason that the answer
 * gives, until the person sends it by what they are now or drops it; no more than five are kept, and
 * none is dropped for another. Only an answer that leads on to the thanks has taken it: the sign-in page
 * of a public network answers everything.
 */
export const script = `
(function(){
var name='ddp-unsent',most=5,form=document.getElementById('rating'),note=document.getElementById('unsent'),
box=document.getElementById('kept'),row=document.getElementById('kept-one');
var photo=document.querySelector('.photo img');
function hide(){photo.hidden=true}
if(photo&&photo.complete&&!photo.naturalWidth)hide();else if(photo)photo.addEventListener('error',hide);
if(!form||!window.fetch||!window.URLSearchParams)return;
var now=form.elements.mark.value;
function read(){try{return JSON.parse(localStorage.getItem(name))||[]}catch(e){return[]}}
function write(list){try{localStorage.setItem(name,JSON.stringify(list));return true}catch(e){return false}}
function others(one){return read().filter(function(other){return other.key!==one.key})}
function put(one){return write(others(one).concat([one]))}
function drop(one){write(others(one));show()}
function send(one){return fetch(one.path,{method:'POST',credentials:'same-origin',
headers:{'content-type':'application/x-www-form-urlencoded'},body:one.body})}
function deliver(one){send(one).then(function(answer){
if(answer.status>=500||answer.status===429)return;
if(answer.ok){if(answer.redirected)drop(one);return}
return answer.text().then(function(html){
var said=new DOMParser().parseFromString(html,'text/html').querySelector('.error,.big');
one.reason=said?said.textContent.trim():box.getAttribute('data-refused')+' ('+answer.status+')';
put(one);show()})
}).catch(function(){})}
function asNow(one){var body=new URLSearchParams(one.body);body.set('mark',now);
one.body=body.toString();delete one.reason;put(one);show();deliver(one)}
function show(){
var list=box.querySelector('ul'),refused=read().filter(function(one){return one.reason});
list.textContent='';
refused.forEach(function(one){
var item=row.content.cloneNode(true),link=item.querySelector('a'),buttons=item.querySelectorAll('button');
link.textContent=one.about;link.setAttribute('href',one.path);
item.querySelector('p').appendChild(document.createTextNode(one.reason));
buttons[0].hidden=new URLSearchParams(one.body).get('mark')===now;
buttons[0].addEventListener('click',function(){asNow(one)});
buttons[1].addEventListener('click',function(){drop(one)});
list.appendChild(item)});
box.hidden=!refused.length;
if(!read().length)note.hidden=true}
function flush(){read().forEach(function(one){if(!one.reason)deliver(one)})}
window.addEventListener('online',flush);
show();flush();
form.addEventListener('submit',function(event){
var files=form.querySelector('input[type=file]');
if(files&&files.files&&files.files.length)return;
event.preventDefault();
var body=new URLSearchParams();
new FormData(form).forEach(function(value,key){if(typeof value==='string')body.append(key,value)});
var one={key:form.elements.key.value,path:form.getAttribute('action'),body:body.toString(),
about:document.querySelector('h1').textContent};
var button=form.querySelector('button');
button.disabled=true;
send(one).then(function(answer){
if(answer.ok&&answer.redirected)location.replace(answer.url);else form.submit();
},function(){
button.disabled=false;
if(others(one).length<most&&put(one)){note.hidden=false;note.focus()}else form.submit();
});
});
})();
`;

export const scriptHash = createHash('sha256').update(script).digest('base64');
