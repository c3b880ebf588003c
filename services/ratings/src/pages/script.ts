import { createHash } from 'node:crypto';

/**
 * The one script of the scan page; everything works without it. It keeps a rating that the network did
 * not take, and sends it once there is one again, under the key that its form had from the start.
 */
export const script = `
(function(){
var name='ddp-unsent',form=document.getElementById('rating'),note=document.getElementById('unsent');
if(!form||!window.fetch||!window.URLSearchParams)return;
function read(){try{return JSON.parse(localStorage.getItem(name))||[]}catch(e){return[]}}
function write(list){try{localStorage.setItem(name,JSON.stringify(list.slice(-5)));return true}catch(e){return false}}
function send(one){return fetch(one.path,{method:'POST',credentials:'same-origin',
headers:{'content-type':'application/x-www-form-urlencoded'},body:one.body})}
function without(one){write(read().filter(function(other){return other.body!==one.body}))}
function flush(){read().forEach(function(one){send(one).then(function(answer){
if(answer.status<500&&answer.status!==429)without(one)},function(){})})}
window.addEventListener('online',flush);
flush();
form.addEventListener('submit',function(event){
var files=form.querySelector('input[type=file]');
if(files&&files.files&&files.files.length)return;
event.preventDefault();
var body=new URLSearchParams();
new FormData(form).forEach(function(value,key){if(typeof value==='string')body.append(key,value)});
var one={path:form.getAttribute('action'),body:body.toString()};
var button=form.querySelector('button');
button.disabled=true;
send(one).then(function(answer){
if(answer.ok&&answer.redirected)location.replace(answer.url);else form.submit();
},function(){
button.disabled=false;
if(write(read().concat([one]))){note.hidden=false;note.focus()}else form.submit();
});
});
})();
`;

export const scriptHash = createHash('sha256').update(script).digest('base64');
